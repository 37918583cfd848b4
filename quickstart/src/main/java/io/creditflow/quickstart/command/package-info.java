/** The subcommands of {@code bin/creditflow}, for a running quickstart or another Kafka. */
package io.creditflow.quickstart.command;
