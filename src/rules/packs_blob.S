/* The blob of packs, as the build made it; see embedded.h. */
	.section .rodata
	.global packs_blob
	.balign 16
packs_blob:
	.incbin "packs.blob"
	.section .note.GNU-stack, "", %progbits
