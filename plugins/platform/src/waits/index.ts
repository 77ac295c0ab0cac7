export { openWaits, waitsForPeople, wordOfRun } from './openWaits';
export { WaitLine } from './WaitLine';
