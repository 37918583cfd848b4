/** The engine that counts the events of one partition, and writes the changes at each flush. */
package io.creditflow.engine;
