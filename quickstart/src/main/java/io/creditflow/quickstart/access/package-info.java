/** Access tokens: the key pair of a data directory and the tokens signed with it. */
package io.creditflow.quickstart.access;
