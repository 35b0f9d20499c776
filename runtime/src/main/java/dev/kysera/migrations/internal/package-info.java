/** How migrations are planned, executed and recorded. Not part of the API. */
@NullMarked
package dev.kysera.migrations.internal;

import org.jspecify.annotations.NullMarked;
