/** What statements would do to an application that is at work meanwhile. Pure: asks nobody. */
package dev.kysera.migrations.internal.risk;
