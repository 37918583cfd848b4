/** Who may look: the key pair of this data directory and the tokens signed with it. */
package io.creditflow.quickstart.access;
