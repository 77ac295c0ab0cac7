export {
  onCallLinks,
  type OnCallAccounts,
  type OnCallLink,
} from './onCallLinks';
