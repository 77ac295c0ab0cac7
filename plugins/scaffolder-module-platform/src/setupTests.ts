import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// What is shown is loaded bit by bit, which takes long on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(120_000);
