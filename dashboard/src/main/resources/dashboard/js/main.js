/** Starts the page: takes the token out of the address, then lets the application element draw itself. */
import * as session from './session.js';
import './shell/credit-app.js';

session.takeFromAddress();
session.follow();
addEventListener('hashchange', () => {
  if (session.takeFromAddress()) location.reload(); // a link with another token, opened in this tab
});
