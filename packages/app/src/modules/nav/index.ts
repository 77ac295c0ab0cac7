export { LogoMark } from './LogoMark';
export { navModule } from './navModule';
