/** What the help of each command shows; a test runs them all. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  'bgtasks-learn': [
    { line: '', does: 'open the course' },
    { line: 'check', does: 'check the lesson you are at' },
    { line: 'list --dir my-course', does: 'another sandbox folder' },
  ],
  list: [
    { line: 'list', does: 'all lessons and your progress' },
    { line: 'list --json', does: 'the same for a script' },
  ],
  read: [
    { line: 'read', does: 'the lesson you are at' },
    { line: 'read 3', does: 'lesson 3' },
    { line: 'read email', does: 'the lesson with "email" in its id' },
  ],
  check: [
    { line: 'check', does: 'the lesson you are at' },
    { line: 'check 3 --json', does: 'verdict and trace of lesson 3, for a script' },
    { line: 'check 1 --svg timeline.svg', does: 'draw the timeline into a file, too' },
    { line: 'check --all', does: 'every lesson, side by side' },
  ],
  watch: [
    { line: 'watch', does: 'judge the lesson you are at on every save' },
    { line: 'watch 4', does: 'judge lesson 4' },
  ],
  run: [
    { line: 'run', does: 'the server of the lesson you are at' },
    { line: 'run 2 --port 3210', does: 'that of lesson 2, on another port' },
  ],
  hint: [
    { line: 'hint', does: 'one more hint' },
    { line: 'hint 3 --all', does: 'all hints of lesson 3' },
  ],
  solution: [
    { line: 'solution 3', does: 'the model answer of lesson 3' },
    { line: 'solution 3 --diff', does: 'compared with yours' },
  ],
  reset: [
    { line: 'reset 3', does: 'the starter of lesson 3 again; asks first' },
    { line: 'reset --all --yes', does: 'all starters again, without a question' },
    { line: 'reset --undo', does: 'take the last reset back' },
  ],
  doctor: [
    { line: 'doctor', does: 'look at Node, the network, the sandbox and brokers' },
    { line: 'doctor --json', does: 'the same for a script' },
  ],
  completion: [
    {
      line: 'completion bash > ~/.bgtasks-learn.bash',
      does: 'then in ~/.bashrc: source ~/.bgtasks-learn.bash',
    },
    { line: 'completion zsh > ~/.bgtasks-learn.zsh', does: 'then in ~/.zshrc: source ~/.bgtasks-learn.zsh' },
    { line: 'completion fish > ~/.config/fish/completions/bgtasks-learn.fish', does: 'fish finds it there' },
  ],
}

interface Example {
  /** Behind the program's name, as it is typed into a shell. */
  readonly line: string
  readonly does: string
}
