import { createSlimBackend } from './createSlimBackend';

createSlimBackend().start();
