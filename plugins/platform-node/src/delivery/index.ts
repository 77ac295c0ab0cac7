export * from './parseDelivery';
