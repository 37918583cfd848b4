/** {@code bin/creditflow}: small commands for people at a shell, against a running quickstart. */
package io.creditflow.quickstart.command;
