/** Counts the events of one partition: accepts them one by one, writes them down at each flush. */
package io.creditflow.engine;
