/** Parsing of command lines, output of results and exit statuses, shared by all commands. */
package io.creditflow.api.commandline;
