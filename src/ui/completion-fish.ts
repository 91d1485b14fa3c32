import {
  type CommandWords,
  type Grammar,
  type OptionWords,
  takingLessons,
  valuedOptions,
} from './completion.ts'

export function fishCompletion(grammar: Grammar): string {
  const { program, commands, options, lessons } = grammar
  const valued = valuedOptions(grammar)
  const lines = [
    ...commands.map(({ name, description }) => rule("''", `-a ${name} -d ${quoted(description)}`)),
    ...options.map((option) => rule('any', optionRule(option))),
    ...lessons.map(({ id, title }) =>
      rule(takingLessons(commands).join(' '), `-f -a ${id} -d ${quoted(title)}`),
    ),
    ...commands.flatMap(commandRules),
  ]
  return `# fish completion for ${program}, and for npx ${program}
# Succeeds where the words before the cursor are of one of these commands: '' for none yet, any for all.
function __bgtasks_learn_at
    set -l words (commandline -opc)
    if test "$words[1]" = npx
        test "$words[2]" = ${program}; or return 1
        set -e words[1]
    end
    set -e words[1]
    set -l command ''
    set -l skip 0
    for word in $words
        if test $skip = 1
            set skip 0
        else if contains -- $word ${valued.flatMap(({ names }) => names).join(' ')}
            set skip 1
        else if not string match -q -- '-*' $word
            set command $word
            break
        end
    end
    contains -- any $argv; or contains -- "$command" $argv
end
for __bgtasks_learn_name in ${program} npx
${lines.map((line) => `    ${line}`).join('\n')}
end
set -e __bgtasks_learn_name
complete -c ${program} -f
`
}

function rule(command: string, rest: string): string {
  return `complete -c $__bgtasks_learn_name -n "__bgtasks_learn_at ${command}" ${rest}`
}

function commandRules({ name, options, argument }: CommandWords): readonly string[] {
  const words = argument === undefined || argument === 'lesson' ? [] : argument.map((word) => `-f -a ${word}`)
  return [...words, ...options.map(optionRule)].map((rest) => rule(name, rest))
}

function optionRule({ names, description, value }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
  const wants = { path: ' -r -F', other: ' -x' }
  return `${flags.join(' ')}${value === undefined ? '' : wants[value]} -d ${quoted(description)}`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
