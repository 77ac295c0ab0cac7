import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A whole app is drawn for each test, which takes a while on a machine that is busy with others.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });
