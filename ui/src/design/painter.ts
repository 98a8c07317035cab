import { Fragment, isValidElement, type ReactElement, type ReactNode } from "react";

/**
 * Puts elements into the page without React's bookkeeping, which costs a list that rolls by more than all else: what
 * is drawn is compared with what was drawn there before, place by place, and only what differs is written. Text goes
 * in as text.
 *
 * For plain functions alone, which draw from what they are given: a hook or a listener in them is an error.
 */
export class Painting {
  private readonly inside: Inside = { painted: [], spare: [] };

  constructor(private readonly parent: Element) {}

  /** Makes the element contain what is wanted now, and nothing else. */
  show(wanted: ReactNode): void {
    fill(this.parent, this.inside, wanted);
  }
}

/** What is painted in an element, and what was taken out of it: what comes back is quicker to change than to make. */
interface Inside {
  painted: Painted[];
  spare: Painted[];
}

/** A node of the page, and what it was drawn of. */
type Painted = PaintedText | PaintedElement;

interface PaintedText {
  of: string;
  node: Text;
}

interface PaintedElement {
  of: Drawn;
  node: Element;
  inside: Inside;
}

type Given = Readonly<Record<string, unknown>> & { children?: ReactNode };
type Drawn = ReactElement<Given>;
type Leaf = Drawn | string;

const NOTHING: Given = {};

const SVG = "http://www.w3.org/2000/svg";

function isLeaf(wanted: ReactNode): wanted is Leaf {
  if (typeof wanted === "string") return wanted !== "";
  return isValidElement<Given>(wanted) && typeof wanted.type === "string";
}

/** The texts and elements that stand beside each other in the page. */
function flat(wanted: ReactNode, leaves: Leaf[]): Leaf[] {
  if (typeof wanted === "string") {
    if (wanted !== "") leaves.push(wanted);
  } else if (typeof wanted === "number") leaves.push(String(wanted));
  else if (Array.isArray(wanted)) for (const one of wanted as ReactNode[]) flat(one, leaves);
  else if (isValidElement<Given>(wanted)) {
    const { type, props } = wanted;
    if (typeof type === "string") leaves.push(wanted);
    else if (typeof type === "function") flat((type as (given: Given) => ReactNode)(props), leaves);
    else if ((type as unknown) === Fragment) flat(props.children, leaves);
    else throw new Error("only plain functions can be painted");
  }
  return leaves;
}

function fill(parent: Element, inside: Inside, wanted: ReactNode): void {
  const { painted } = inside;
  const [only] = painted;
  // Nearly always one thing stands where one stood: found out without making anything, as what is made is cleared away
  // in the middle of somebody's scrolling.
  if (only && painted.length === 1 && isLeaf(wanted) && retouched(only, wanted)) return;
  const leaves = flat(wanted, []);
  for (let place = 0; place < leaves.length; place++) {
    const leaf = leaves[place] as Leaf;
    const there = painted[place];
    if (there && retouched(there, leaf)) continue;
    const other = taken(inside.spare, leaf) ?? (typeof leaf === "string" ? newText(leaf) : newElement(leaf, parent.namespaceURI === SVG));
    if (there) {
      there.node.replaceWith(other.node);
      inside.spare.push(there);
    } else parent.append(other.node);
    painted[place] = other;
  }
  while (painted.length > leaves.length) {
    const gone = painted.pop();
    if (!gone) break;
    gone.node.remove();
    inside.spare.push(gone);
  }
}

/** Whether what is there could be made to say it. */
function retouched(there: Painted, leaf: Leaf): boolean {
  if (there.of === leaf) return true;
  if (isText(there)) {
    if (typeof leaf !== "string") return false;
    there.node.data = leaf;
    there.of = leaf;
    return true;
  }
  if (typeof leaf === "string" || there.of.type !== leaf.type || there.of.key !== leaf.key) return false;
  write(there.node, there.of.props, leaf.props);
  if (there.of.props.children !== leaf.props.children) fill(there.node, there.inside, leaf.props.children);
  there.of = leaf;
  return true;
}

function isText(there: Painted): there is PaintedText {
  return typeof there.of === "string";
}

/** One that was taken out before and says it now. */
function taken(spare: Painted[], leaf: Leaf): Painted | undefined {
  const place = spare.findIndex((one) => retouched(one, leaf));
  return place < 0 ? undefined : spare.splice(place, 1)[0];
}

function newText(of: string): PaintedText {
  return { of, node: document.createTextNode(of) };
}

function newElement(of: Drawn, insideDrawing: boolean): PaintedElement {
  const tag = of.type as string;
  const node = insideDrawing || tag === "svg" ? document.createElementNS(SVG, tag) : document.createElement(tag);
  const made: PaintedElement = { of, node, inside: { painted: [], spare: [] } };
  write(node, NOTHING, of.props);
  fill(node, made.inside, of.props.children);
  return made;
}

/** Where the page spells a name otherwise. */
const SPELLED: Readonly<Record<string, string>> = {
  className: "class",
  dateTime: "datetime",
  tabIndex: "tabindex",
  readOnly: "readonly",
  strokeWidth: "stroke-width",
  strokeLinecap: "stroke-linecap",
  strokeLinejoin: "stroke-linejoin",
  fillRule: "fill-rule",
};

function write(node: Element, before: Given, now: Given): void {
  for (const name in now) if (name !== "children" && before[name] !== now[name]) put(node, name, now[name], before[name]);
  for (const name in before) if (name !== "children" && !(name in now)) put(node, name, undefined, before[name]);
}

function put(node: Element, name: string, value: unknown, before: unknown): void {
  if (name === "style") {
    dress(node as HTMLElement, (before ?? {}) as Styles, (value ?? {}) as Styles);
    return;
  }
  const spelled = SPELLED[name] ?? name;
  const told = typeof value === "boolean" && !spelled.includes("-") ? (value ? "" : null) : (value ?? null);
  if (told === null) node.removeAttribute(spelled);
  else if (typeof told === "string" || typeof told === "number" || typeof told === "boolean") node.setAttribute(spelled, String(told));
  else throw new Error(`«${name}» cannot be painted`);
}

type Styles = Readonly<Record<string, string | undefined>>;

function dress({ style }: HTMLElement, before: Styles, now: Styles): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (before[name] === now[name]) continue;
    style.setProperty(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), now[name] ?? null);
  }
}
