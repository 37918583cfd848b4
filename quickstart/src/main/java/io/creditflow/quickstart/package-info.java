/** The whole product on one machine with one command: for trying it, showing it and testing it. */
package io.creditflow.quickstart;
