/** Files for people: the dashboard, its settings, the API's description. */
package io.creditflow.api.web;
