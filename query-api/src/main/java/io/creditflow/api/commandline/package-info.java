/** How the project's commands read their command lines, print their results and end. */
package io.creditflow.api.commandline;
