import {
  type CommandWords,
  type Grammar,
  type OptionWords,
  takingLessons,
  valuedOptions,
} from './completion.ts'

/** Also for the bash 3.2 of macOS, and without the package bash-completion. */
export function bashCompletion(grammar: Grammar): string {
  const { program, commands, options, lessons } = grammar
  const valued = valuedOptions(grammar)
  return `# bash completion for ${program}, and for npx ${program}
_bgtasks_learn() {
  local word=\${COMP_WORDS[COMP_CWORD]} command= words= fitting= id i=1
  COMPREPLY=()
  if [[ \${COMP_WORDS[0]} == npx ]]; then
    # Of anything else npx may run, readline completes the files.
    [[ $COMP_CWORD -gt 1 && \${COMP_WORDS[1]} == ${program} ]] || return 0
    i=2
  fi
  case \${COMP_WORDS[COMP_CWORD-1]} in
    ${pattern(valued)}|=) return 0 ;;
  esac
  for (( ; i < COMP_CWORD; i++ )); do
    case \${COMP_WORDS[i]} in
      ${pattern(valued)}) (( i++ )) ;;
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  if [[ $word == -* ]]; then
    case $command in
${commands.flatMap(optionCase).join('\n')}
    esac
    words="$words ${names(options)}"
  else
    case $command in
      '') words='${commands.map(({ name }) => name).join(' ')}' ;;
      ${takingLessons(commands).join('|')}) words='${lessons.map(({ id }) => id).join(' ')}' ;;
${commands.flatMap(argumentCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ \${#COMPREPLY[@]} -eq 0 && -n $word ]]; then
    # A part of a name that no other has.
    for id in $words; do [[ $id == *"$word"* ]] && fitting="$fitting $id"; done
    [[ $fitting == \\ *\\ * ]] || COMPREPLY=($fitting)
  fi
}
complete -o default -F _bgtasks_learn ${program}
complete -p npx >/dev/null 2>&1 || complete -o default -F _bgtasks_learn npx
`
}

function names(options: readonly OptionWords[]): string {
  return options.flatMap((option) => option.names).join(' ')
}

function optionCase({ name, options }: CommandWords): readonly string[] {
  return options.length === 0 ? [] : [`      ${name}) words='${names(options)}' ;;`]
}

function pattern(options: readonly OptionWords[]): string {
  return options.flatMap((option) => option.names).join('|')
}

function argumentCase({ name, argument }: CommandWords): readonly string[] {
  if (argument === undefined || argument === 'lesson') return []
  return [`      ${name}) words='${argument.join(' ')}' ;;`]
}
