/** The whole product on one machine with one command, for trials, demonstrations and tests. */
package io.creditflow.quickstart;
