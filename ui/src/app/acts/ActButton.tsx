import { Button, type ButtonProps } from "../../design/components/Button";
import type { Chord } from "./chord";
import { useDeskActs, type Layer } from "./registry";

interface ActButtonProps extends Omit<ButtonProps, "children" | "onPress"> {
  /** Its name among the acts of the desk. */
  act: string;
  keys?: readonly Chord[];
  layer?: Layer;
  repeats?: boolean;
  always?: boolean;
  /** In the palette, where more must be said than on a button beside what it acts on. */
  label?: string;
  onPress: () => void;
  children: string;
}

/** A button that the palette finds, and that its keys press. */
export function ActButton({ act, keys, layer = "screen", repeats = false, always = false, label, ...button }: ActButtonProps) {
  const { children, icon, onPress } = button;
  const available = !button.isDisabled && !button.isPending;
  useDeskActs(layer, [{ id: act, label: label ?? children, icon, repeats, always, available, run: () => available && onPress(), ...(keys && { keys }) }]);
  return <Button {...button} onPress={() => onPress()} {...(keys && { "aria-keyshortcuts": keys.join(" ") })} />;
}
