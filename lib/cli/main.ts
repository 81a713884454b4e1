import { Command, CommanderError } from 'commander';
import { isHeadroomError } from '@/lib/domain/errors';
import packageFacts from '@/package.json';
import { CliError, EXIT, type ExitCode } from './cli-error';
import { addBillingCommands } from './define-billing';
import { addClusterCommands } from './define-cluster';
import { addHealingCommands } from './define-healing';
import { addLabCommands } from './define-lab';
import { addOtherCommands } from './define-others';
import { addPeopleCommands } from './define-people';
import { addPolicyCommands } from './define-policy';
import { type OutputOptions, printError } from './output';

/** How a command hands over its exit code: most end with 0 or throw. */
export type SetExitCode = (code: number) => void;

const define = (setExitCode: SetExitCode): Command => {
  const program = new Command('headroom')
    .description('Clusters of virtual machines that change size by failover.')
    .version(packageFacts.version)
    .option('--json', 'print machine-readable JSON and nothing else on standard output')
    .exitOverride()
    .showHelpAfterError('(--help shows what there is)');
  addClusterCommands(program);
  addOtherCommands(program, setExitCode);
  addPeopleCommands(program);
  addPolicyCommands(program);
  addBillingCommands(program);
  addHealingCommands(program);
  addLabCommands(program);
  return program;
};

const toCliError = (error: unknown): CliError => {
  if (error instanceof CliError) return error;
  if (isHeadroomError(error)) {
    const { code, message, details } = error;
    return new CliError(error.status < 500 ? EXIT.refused : EXIT.failed, message, {
      code,
      fields: details?.fields ?? [],
      details,
    });
  }
  return new CliError(EXIT.failed, error instanceof Error ? error.message : String(error));
};

/** Runs a command line and resolves with the exit code. */
export const main = async (argv: readonly string[]): Promise<number> => {
  let exitCode: number = EXIT.ok;
  const program = define((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : (EXIT.usage satisfies ExitCode);
    const output: OutputOptions = { json: argv.includes('--json') };
    const failure = toCliError(error);
    printError(failure, output);
    return failure.exitCode;
  }
};
