/** The state of the partitions that this process holds, as the query side sees it. */
package io.creditflow.local;
