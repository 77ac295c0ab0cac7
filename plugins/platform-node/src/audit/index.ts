export * from './withAudit';
