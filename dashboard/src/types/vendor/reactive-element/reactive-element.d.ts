export * from '@lit/reactive-element';
