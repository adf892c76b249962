import { EventEmitter, window } from 'vscode';

const emitter = new EventEmitter<string>();

/** Each sentence that a person is told, as it is said: for tests, which cannot read notifications. */
export const onDidTell = emitter.event;

/**
 * Tells a person something.
 * @param choices what can be done about it
 * @returns the choice; undefined when the person has looked away
 */
export function inform(message: string, ...choices: string[]): Thenable<string | undefined> {
  emitter.fire(message);
  return window.showInformationMessage(message, ...choices);
}

/** The same of what did not work. */
export function warn(message: string, ...choices: string[]): Thenable<string | undefined> {
  emitter.fire(message);
  return window.showWarningMessage(message, ...choices);
}
