import type {TemplateResult} from 'lit-html';

export {nothing, render} from 'lit-html';

/** An event as inline handlers get it: they stand on form fields, and on elements that dispatch `open-day`. */
type Handled = PointerEvent & {
  readonly target: HTMLInputElement & HTMLDetailsElement;
  readonly detail: {start: string; newTab: boolean};
};
/** What a template takes: lit-html itself says `unknown`, which leaves the parameter of a handler without a type. */
type Value = ((event: Handled) => unknown) | object | string | number | boolean | symbol | null | undefined;

export function html(strings: TemplateStringsArray, ...values: Value[]): TemplateResult<1>;
export function svg(strings: TemplateStringsArray, ...values: Value[]): TemplateResult<2>;
