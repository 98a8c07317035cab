import { useState, type SyntheticEvent } from "react";
import { Form, RadioGroup } from "react-aria-components";
import { useTags } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Dialog } from "../../../design/components/Dialog";
import { Field } from "../../../design/components/Field";
import { RadioLine } from "../../../design/components/RadioLine";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useMessages } from "../../../i18n/language";

const LONGEST = 40;

interface TagDialogProps {
  /** What is tagged, in words. */
  count: string;
  onTag: (add: string[], remove: string[]) => void;
  onClose: () => void;
}

/** Each tag stays as it is, is put, or is taken off; a new one is put. */
export function TagDialog({ count, onTag, onClose }: TagDialogProps) {
  const m = useMessages();
  const known = useTags();
  const [wishes, setWishes] = useState<ReadonlyMap<string, "put" | "take">>(new Map());
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const tags = Array.from(new Set([...(known.data ?? []), ...wishes.keys()]));

  const wish = (tag: string, what: string) => {
    const next = new Map(wishes);
    if (what === "put" || what === "take") next.set(tag, what);
    else next.delete(tag);
    setWishes(next);
  };
  /** The wishes with what is still in the field, or `null` when that cannot be a tag. */
  const withTyped = (): ReadonlyMap<string, "put" | "take"> | null => {
    const tag = typed.trim().replace(/\s+/g, " ");
    if (tag.length > LONGEST) {
      setProblem(m.tag_too_long());
      return null;
    }
    return tag ? new Map([...wishes, [tag, "put" as const]]) : wishes;
  };
  const add = (event: SyntheticEvent) => {
    event.preventDefault();
    const next = withTyped();
    if (!next) return;
    setWishes(next);
    setTyped("");
    setProblem(null);
  };
  const apply = () => {
    const all = withTyped();
    if (!all) return;
    const of = (what: "put" | "take") => Array.from(all).flatMap(([tag, wanted]) => (wanted === what ? [tag] : []));
    if (all.size === 0) setProblem(m.tag_nothing());
    else onTag(of("put"), of("take"));
  };
  return (
    <Dialog
      open
      title={m.tag_title({ count })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{m.cancel()}</Button>
          <Button look="primary" onPress={apply} data-testid="tag-apply">
            {m.tag_apply()}
          </Button>
        </>
      }
    >
      <Form className="tag-new" onSubmit={add}>
        <Field
          label={m.tag_new()}
          hint={m.tag_new_hint()}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            setProblem(null);
          }}
          problem={problem}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog that waits for a tag starts in its field
          autoFocus
          testId="tag-new"
        />
        <Button type="submit" data-testid="tag-add">
          {m.tag_add()}
        </Button>
      </Form>
      {known.error && <ErrorBlock error={known.error} />}
      {tags.length > 0 && (
        <section aria-label={m.tag_existing()} className="tag-rows">
          {tags.map((tag) => (
            <div key={tag} className="tag-row">
              <span className="tag">{tag}</span>
              <RadioGroup className="tag-choice" aria-label={tag} orientation="horizontal" value={wishes.get(tag) ?? "keep"} onChange={(what) => wish(tag, what)}>
                <RadioLine value="keep">{m.tag_keep()}</RadioLine>
                <RadioLine value="put" testId={`tag-put-${tag}`}>{m.tag_put()}</RadioLine>
                <RadioLine value="take" testId={`tag-take-${tag}`}>{m.tag_take()}</RadioLine>
              </RadioGroup>
            </div>
          ))}
        </section>
      )}
    </Dialog>
  );
}
