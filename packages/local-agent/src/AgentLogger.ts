/** Says what the agent does, one line each, on stderr: stdout is for the ready line alone. */
export interface AgentLogger {
  info(message: string): void;
  warn(message: string): void;
}

/** Writes to stderr, with the time. */
export const stderrLogger: AgentLogger = {
  info: message => print('info', message),
  warn: message => print('warn', message),
};

function print(level: string, message: string) {
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}\n`);
}
