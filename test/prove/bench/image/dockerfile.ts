/** A Dockerfile as far as ours uses the language (Dockerfile reference: FROM, COPY, RUN, ENV, USER, HEALTHCHECK, ENTRYPOINT, CMD). */
export interface Stage {
  readonly name: string;
  /** COPY and RUN, in their order. */
  readonly steps: readonly Step[];
  readonly env: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly healthcheck?: readonly string[];
  readonly entrypoint: readonly string[];
}

/** One thing a stage does. */
export type Step =
  | { readonly kind: 'copy'; readonly from?: string; readonly sources: readonly string[]; readonly to: string }
  | { readonly kind: 'run'; readonly script: string };

/** Reads the stages. @throws Error for an instruction that is not known here, so that none is left out unseen */
export function readDockerfile(text: string): Stage[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const stages: { -readonly [K in keyof Stage]: Stage[K] extends readonly (infer T)[] ? T[] : Stage[K] }[] = [];
  for (const line of lines) {
    const [, instruction, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (instruction === undefined || rest === undefined) throw new Error(`no instruction: ${line}`);
    if (instruction === 'FROM') {
      stages.push({ name: / AS (\S+)$/.exec(rest)?.[1] ?? 'last', steps: [], env: {}, entrypoint: [] });
      continue;
    }
    const stage = stages.at(-1)!;
    switch (instruction) {
      case 'COPY': {
        const words = rest.split(/\s+/);
        const from = words[0]?.startsWith('--from=') ? words.shift()!.slice('--from='.length) : undefined;
        stage.steps.push({ kind: 'copy', from, sources: words.slice(0, -1), to: words.at(-1)! });
        break;
      }
      case 'RUN': stage.steps.push({ kind: 'run', script: rest }); break;
      case 'ENV': stage.env = { ...stage.env, ...Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('=') as [string, string])) }; break;
      case 'USER': stage.user = rest; break;
      case 'ENTRYPOINT': stage.entrypoint = JSON.parse(rest) as string[]; break;
      case 'HEALTHCHECK': stage.healthcheck = JSON.parse(rest.slice(rest.indexOf('CMD ') + 4)) as string[]; break;
      case 'WORKDIR': case 'LABEL': case 'VOLUME': case 'EXPOSE': case 'STOPSIGNAL': case 'CMD': break;
      default: throw new Error(`${instruction} is not known here`);
    }
  }
  return stages as Stage[];
}
