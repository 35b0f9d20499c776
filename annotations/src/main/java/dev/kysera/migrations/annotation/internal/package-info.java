/** The rules of migration names and of migrations.sum, shared by processor, runtime and tools. */
@NullMarked
package dev.kysera.migrations.annotation.internal;

import org.jspecify.annotations.NullMarked;
