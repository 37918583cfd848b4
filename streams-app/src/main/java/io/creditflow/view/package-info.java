/** Reads the state: turns rows into answers, over one consistent view and at one instant. */
package io.creditflow.view;
