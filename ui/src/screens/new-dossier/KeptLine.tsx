import { Button } from "../../design/components/Button";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";

/** Says that the form was begun before the program ended, and empties it on a word. */
export function KeptLine({ typedAt, onEmpty }: { typedAt: string; onEmpty: () => void }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <p className="form-kept" role="status" data-testid="kept-draft">
      {m.new_kept({ date: f.dateTime(typedAt) })}
      <Button small look="quiet" icon="trash" onPress={onEmpty} data-testid="empty-form">
        {m.new_kept_empty()}
      </Button>
    </p>
  );
}
