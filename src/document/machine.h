/* machine.h: how much room there is on the machine. */
#ifndef DOCUMENT_MACHINE_H
#define DOCUMENT_MACHINE_H

#include <stddef.h>

#define MACHINE_UNLIMITED SIZE_MAX

/* Bytes of address space that this process may still take; MACHINE_UNLIMITED: nobody counts. */
size_t machine_address_space(void);

#endif
