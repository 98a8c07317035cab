import { useState } from "react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { Icon } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";
import { MORE } from "./fields";
import { FormField, type FormProps } from "./FormField";

/** The documented fields that few dossiers need; opens by itself when one of them needs a look. */
export function MoreFields({ idclaim, ...fields }: FormProps & { idclaim: boolean }) {
  const m = useMessages();
  const { form, problems } = fields;
  const used = MORE.some((name) => form[name] !== "");
  const [open, setOpen] = useState(used);
  const wanted = problems.some(({ field }) => (MORE as string[]).includes(field));
  return (
    <>
      {idclaim && (
        <div className="form-grid">
          <FormField name="authenticator_phone_number" {...fields} type="tel" hint={m.field_authenticator_phone_number_hint()} />
        </div>
      )}
      <Disclosure className="more" isExpanded={open || wanted} onExpandedChange={setOpen}>
        <Heading level={2} className="more-heading">
          <Button slot="trigger" className="more-button" data-testid="more">
            <Icon name="chevron" size={12} /> {m.new_more()}
          </Button>
        </Heading>
        <DisclosurePanel>
          <div className="form-grid more-fields">
            <div className="form-wide">
              <FormField name="address_line_1" {...fields} />
            </div>
            <FormField name="address_line_2" {...fields} />
            <FormField name="address_line_3" {...fields} />
            <FormField name="zip_code" {...fields} />
            <FormField name="city" {...fields} />
            <FormField name="country" {...fields} />
            <FormField name="group" {...fields} hint={m.field_group_hint()} />
          </div>
        </DisclosurePanel>
      </Disclosure>
    </>
  );
}
