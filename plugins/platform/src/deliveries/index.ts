export { DeliveriesRouter } from './DeliveriesRouter';
