/*
 * The parts of launch-editor that find an editor. The rest of it prints to the console and cannot be
 * waited for. They are not documented, so package.json keeps to one minor version.
 */
declare module 'launch-editor/guess.js' {
  /** `specified` split as a shell would; without it, the editor that runs. What is no text is an operator. */
  function guessEditor(specified?: string): readonly unknown[]
  export = guessEditor
}

declare module 'launch-editor/get-args.js' {
  /** The arguments that open a file at a line; the file alone where the editor is not known. */
  function getArguments(editor: string, file: string, line: number): readonly (string | number)[]
  export = getArguments
}
