import {
  type CommandWords,
  type Grammar,
  type OptionWords,
  takingLessons,
  valuedOptions,
} from './completion.ts'

export function zshCompletion(grammar: Grammar): string {
  const { program, commands, options, lessons } = grammar
  const valued = valuedOptions(grammar)
  const paths = valued.filter(({ value }) => value === 'path')
  const lessonWords = lessons.map(({ id, title }) => described(id, title))
  return `#compdef ${program}
# zsh completion for ${program}, and for npx ${program}
_bgtasks_learn() {
  local command= i=2
  local -a found
  if [[ $words[1] == npx ]]; then
    [[ $CURRENT -gt 2 && $words[2] == ${program} ]] || { _default; return }
    i=3
  fi
  case $words[CURRENT-1] in
    (${pattern(paths)}) _files; return ;;
    (${pattern(valued)}) return 1 ;;
  esac
  while (( i < CURRENT )); do
    case $words[i] in
      (${pattern(valued)}) (( i++ )) ;;
      (-*) ;;
      (*) command=$words[i]; break ;;
    esac
    (( i++ ))
  done
  if [[ $words[CURRENT] == -* ]]; then
    case $command in
${commands.flatMap(optionCase).join('\n')}
    esac
    found+=(${optionWords(options)})
    _describe option found
  else
    case $command in
      ('') found=(${commands.map(({ name, description }) => described(name, description)).join(' ')}) ;;
      (${takingLessons(commands).join('|')}) found=(${lessonWords.join(' ')}) ;;
${commands.flatMap(argumentCase).join('\n')}
      (*) return 1 ;;
    esac
    # A part of a name is enough.
    _describe word found -M 'l:|=* r:|=*'
  fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _bgtasks_learn ${program}
(( $+_comps[npx] )) || compdef _bgtasks_learn npx
`
}

function described(word: string, description: string): string {
  return `'${`${word}:${description.replaceAll(':', '\\:')}`.replaceAll("'", `'\\''`)}'`
}

function optionWords(options: readonly OptionWords[]): string {
  return options
    .flatMap(({ names, description }) => names.map((name) => described(name, description)))
    .join(' ')
}

function optionCase({ name, options }: CommandWords): readonly string[] {
  return options.length === 0 ? [] : [`      (${name}) found=(${optionWords(options)}) ;;`]
}

function pattern(options: readonly OptionWords[]): string {
  return options.flatMap((option) => option.names).join('|')
}

function argumentCase({ name, argument }: CommandWords): readonly string[] {
  if (argument === undefined || argument === 'lesson') return []
  return [`      (${name}) found=(${argument.join(' ')}) ;;`]
}
