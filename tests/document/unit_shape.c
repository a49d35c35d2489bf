/* unit_shape.c: how lines are meant, and what blocks they make, for texts of many kinds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "byline/document.h"

/* Blocks by letters: P paragraph, H heading, I item, Q quotation, C code, - rule, R rows that are
 * none of these; behind a letter how many lines its body has, where they are several. */
struct example {
	const char *what, *text;
	enum shape shape;
	const char *blocks;
};

static const struct example examples[] = {
	/* ---- a line a paragraph */
	{"an article, a paragraph a line",
		"The Cranes Stand Still\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain.\n"
		"Nobody came.\n",
		SHAPE_FLOWING, "H P P"},
	{"a text of one line", "The harbour opened again on Friday.", SHAPE_FLOWING, "P"},
	{"short paragraphs that end as sentences do",
		"“Did you call?” she asked.\n“I did.”\n“And then there was nothing.”\nHe "
		"shrugged.\n"
		"“Nothing,” he said at last.\n",
		SHAPE_FLOWING, "P P P P P"},
	{"paragraphs about as long as people wrap at",
		"The older of the two cranes had been painted red in the first spring.\n"
		"The younger one had kept its grey, since nobody had found the money.\n"
		"The rain took both colours off within a year, and left them equal.\n",
		SHAPE_FLOWING, "P P P"},
	{"paragraphs with empty lines between them, none of several lines",
		"The older of the two cranes had been painted red in the first spring.\n\n"
		"the younger one had kept its grey, since nobody had found the money\n\n"
		"The rain took both colours off within a year, and left them equal.\n",
		SHAPE_FLOWING, "P P P"},
	{"a transcript",
		"ANA: The bridge is empty.\nBEN: The pilot, and he is asleep.\n"
		"ANA: Then wake him.\nBEN: He says that he is not asleep.\n",
		SHAPE_FLOWING, "P P P P"},
	{"a list", "We need:\n- two ropes\n- a lamp\n- the key to the gate\n", SHAPE_FLOWING,
		"P I I I"},
	{"a log, each line of which begins with a number",
		"2025-03-02 04:11:09 crane 4 lifts a container of hake and lamps\n"
		"2025-03-02 04:12:41 crane 4 stops above the water and is silent\n"
		"2025-03-02 04:19:55 crane 4 puts the container on the wrong ship\n"
		"2025-03-02 04:21:00 crane 2 laughs\n",
		SHAPE_VERSE, "R4"},
	{"first lines set in by a tab",
		"\tThe harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home, in the rain, to dig.\n"
		"\tNobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it at all.\n",
		SHAPE_FLOWING, "P P"},
	{"a table among long paragraphs",
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home, in the rain, to dig.\n"
		"Ship       Berth    Crates\n"
		"Estrela    4        1,200\n"
		"Otter      7        86\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it at all.\n",
		SHAPE_FLOWING, "P R3 P"},
	{"verse, an address and a line of code among long paragraphs",
		"The Strike Is Over\nBy Clara Whitcombe\n\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home, in the rain, to dig.\n\n"
		"I wandered down the quay at night\nThe cranes stood up like birds asleep\n"
		"The harbour had put out its light\n\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it at all.\n\n"
		"What They Won\n\n"
		"\tint main(void) { return light(lamps); }\n\n"
		"\tThe harbour opened again on Friday, as http://harbour.example/news had said.\n\n"
		"Nobody came to read it, for the reason that nobody had been told, and those who "
		"had been did not believe it at all.\n\n"
		"“No,” she said.\n“Yes,” he said.\n",
		SHAPE_FLOWING, "H P P P P P P H C P P P P"},
	{"a paragraph with bars in it is no table",
		"The harbour opened again on Friday | two weeks after the dockers had left their "
		"cabs | and gone home | in the rain | to dig | until evening came over it.\n"
		"Home | News | Weather | Tides | The harbour opened again on Friday, two weeks "
		"after the dockers had left their cabs, in the rain, to dig, and came no more.\n",
		SHAPE_FLOWING, "P P"},
	{"code between fences among long paragraphs",
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home, in the rain, to dig.\n"
		"```\nlift crate\n\n  put crate\n```\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it at all.\n",
		SHAPE_FLOWING, "P C5 P"},
	{"headings that are underlined",
		"Lamps\n=====\nLamps are lit at night.\n\nCranes\n------\nCranes are not.\n",
		SHAPE_FLOWING, "H P H P"},
	{"a rule below a paragraph is a rule",
		"Lamps are lit at night, but for those that are broken.\n---\nCranes are not.\n",
		SHAPE_FLOWING, "P - P"},
	{"carriage returns alone end lines where there is nothing else",
		"The Cranes\rThe harbour opened again.\r\rNobody came.\r", SHAPE_FLOWING, "H P P"},

	/* ---- wrapped by hand */
	{"paragraphs wrapped by hand",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain,\n"
		"which had not ended.\n\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it.\n",
		SHAPE_WRAPPED, "P3 P2"},
	{"the same with CRLF",
		"The harbour opened again on Friday, two weeks after the dockers had\r\n"
		"left their cabs and gone home to dig their gardens, in the rain,\r\n"
		"which had not ended.\r\n\r\n"
		"Nobody came to see it, for the reason that nobody had been told, and\r\n"
		"those who had been did not believe it.\r\n",
		SHAPE_WRAPPED, "P3 P2"},
	{"the same with carriage returns alone",
		"The harbour opened again on Friday, two weeks after the dockers had\r"
		"left their cabs and gone home to dig their gardens, in the rain,\r"
		"which had not ended.\r\r"
		"Nobody came to see it, for the reason that nobody had been told, and\r"
		"those who had been did not believe it.\r",
		SHAPE_WRAPPED, "P3 P2"},
	{"first lines set in, no empty lines",
		"     The harbour opened again on Friday, two weeks after the dockers\n"
		"had left their cabs and gone home to dig their gardens, in the rain,\n"
		"which had not ended.\n"
		"     “Nobody came,” said Ana.\n"
		"     “Somebody did,” said Breixo, who had been there all the time with\n"
		"a lamp and the key to the gate.\n",
		SHAPE_WRAPPED, "P3 P P2"},
	{"neither empty lines nor indents: a short line ends a paragraph",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home.\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it.\n",
		SHAPE_WRAPPED, "P2 P2"},
	{"two lines that are one sentence",
		"The harbour opened again on Friday, two weeks after the dockers\nhad gone home.\n",
		SHAPE_WRAPPED, "P2"},
	{"an e-mail: its head, its greeting, its signature are rows",
		"From: Ana Duarte\nTo: Clara Whitcombe\nSubject: cranes\n\n"
		"Dear Clara,\n"
		"thank you for the photographs. The crane in the third picture is not\n"
		"one of ours; it belongs to the shipyard across the bay.\n\n"
		"Yours,\nAna\n\n-- \nHarbour Master\n",
		SHAPE_WRAPPED, "R3 P P2 R2 - P"},
	{"quoted lines, by depth",
		"On Sunday you wrote:\n\n"
		"> The dockers say that the ghosts move at night. Have you seen it, or\n"
		"> is it a story that is told to reporters?\n>\n"
		"> I would print it.\n"
		"> > What do you mean by ghosts? I mean the cranes that lift boxes with\n"
		"> > nobody in the cab.\n\n"
		"I have seen nothing at all, and if I had I would not tell you, since\n"
		"you would print it.\n",
		SHAPE_WRAPPED, "P Q2 Q Q2 P2"},
	{"items, hanging",
		"Two things can be said of the cranes, and neither of them is what the\n"
		"office would like to hear:\n\n"
		"- they were tested between one and four in the morning, for seven\n"
		"  weeks, with their lamps off;\n"
		"- nobody asked the night watch.\n"
		"  1. It has the only key to the canteen.\n"
		"  2. It has the best view of all who work here, and eyes that are used\n"
		"     to the dark.\n",
		SHAPE_WRAPPED, "P2 I2 I I I2"},
	{"an item without an indent below its marker",
		"* they were tested between one and four in the morning, for seven\n"
		"weeks, with their lamps off, and nobody saw it but the one who sells\n"
		"coffee at gate four\n* nobody asked the night watch\n",
		SHAPE_WRAPPED, "I3 I"},
	{"a number at the beginning of a line inside a sentence",
		"The harbour was opened by the king, who had not been told why he was\n"
		"to do it or what would become of it or of himself once it was, in\n"
		"1902. It was closed again by the same king, who had been told, in\n"
		"12. What that meant was never found out by anybody who was asked.\n",
		SHAPE_WRAPPED, "P4"},
	{"a dash at the beginning of a line inside a sentence",
		"The harbour was opened by the king, who had not been told why it was\n"
		"- or by whom it had been - shut, and closed again by the same king\n"
		"in the same year.\n",
		SHAPE_WRAPPED, "P3"},
	{"an RFC: a margin of three, numbered headings, code and boxes",
		"1.  Introduction\n\n"
		"   A crane that has no driver cannot wave.  This document describes how\n"
		"   it may tell ships nearby what it is about to do, using nothing but\n"
		"   three lamps.\n\n"
		"       +------+--------+\n       | Lamp | Means  |\n       +------+--------+\n\n"
		"   o  A lamp that is broken counts as lit, since nobody would believe\n"
		"      that it is not.\n\n"
		"      for (lamp = 0; lamp < 3; lamp++)\n"
		"          if (read(lamp) == LIT)\n"
		"              return lamp;\n",
		SHAPE_WRAPPED, "H P3 R3 I2 C3"},
	{"a page break",
		"   A crane that has no driver cannot wave.  This document describes how\n"
		"   it may tell ships nearby what it is about to do, using nothing but\n"
		"   three lamps.\n\n"
		"Duarte                       Informational                      [Page 1]\n"
		"\fRFC 9999                      Lamp Signals                 1 April 2025\n\n"
		"   Two of them are red.\n",
		SHAPE_WRAPPED, "P3 R R P"},
	{"a README: underlined headings, commands, options",
		"lampreader\n==========\n\n"
		"A small program that reads the lamps of cranes and prints what they mean,\n"
		"one line a change.  It needs nothing but a camera and a clear night.\n\n"
		"    ./configure --prefix=/usr\n    make\n    sudo make install\n\n"
		"  -n          do not wait for the night\n"
		"  --lamp=N    only this lamp\n",
		SHAPE_WRAPPED, "H P2 R3 R2"},
	{"verse in a letter, set in",
		"The song that they sang on the quay that night was an old one, and\n"
		"not all of them knew how it ends:\n\n"
		"    A lamp went on, a lamp went out,\n"
		"    A rope was singing in the cold,\n"
		"    And nobody was there to shout.\n\n"
		"Those who did know how it ends had gone home by then, and those who\n"
		"had not were asleep.\n",
		SHAPE_WRAPPED, "P2 R3 P2"},
	{"the same without empty lines around it",
		"The song that they sang on the quay that night was an old one, and\n"
		"not all of them knew how it ends:\n"
		"    A lamp went on, a lamp went out,\n"
		"    A rope was singing in the cold,\n"
		"    And nobody was there to shout.\n"
		"Those who did know how it ends had gone home by then, and those who\n"
		"had not were asleep.\n",
		SHAPE_WRAPPED, "P2 R3 P2"},
	{"a quotation set in on both sides is prose",
		"What the report says of the lamps is short, and there is nobody who\n"
		"has understood it yet:\n\n"
		"      The lamps were lit at the hour at which lamps\n"
		"      are lit, and put out when it was light, and\n"
		"      nothing was found on the quay that had not\n"
		"      been there before.\n\n"
		"It was signed by three people, of whom two had not been there at all\n"
		"that night.\n",
		SHAPE_WRAPPED, "P2 P4 P2"},
	{"an address stays as it is",
		"Send what you have found, with the date and the hour and how far you\n"
		"were from the crane, to:\n\n"
		"Harbour Office\nGate Four\nVigo\n",
		SHAPE_WRAPPED, "P2 R3"},
	{"a table of contents",
		"The report has three parts, of which only the second was read by the\n"
		"board, and that in part.\n\n"
		"Lamps ............... 3\nCranes .............. 17\nPeople .............. 18\n",
		SHAPE_WRAPPED, "P2 R3"},
	{"one with chapters that have numbers, and parts",
		"The report has three parts, of which only the second was read by the\n"
		"board, and that in part, for the reason that nobody had told them of\n"
		"the other two, which had been put into a drawer of the desk that\n"
		"stands behind the door.\n\n"
		"   1.  Lamps . . . . . . . . . . . . . . . . . . . . . .   3\n"
		"     1.1.  Red ones  . . . . . . . . . . . . . . . . . .   4\n"
		"   2.  Cranes  . . . . . . . . . . . . . . . . . . . . .  17\n",
		SHAPE_WRAPPED, "P4 R3"},
	{"a picture of boxes",
		"The report has three parts, of which only the second was read by the\n"
		"board, and that in part, for the reason that nobody had told them of\n"
		"the other two, which had been put into a drawer of the desk that\n"
		"stands behind the door.\n\n"
		"       0                   1\n       0 1 2 3 4 5 6 7 8 9 0 1\n"
		"      +-+-+-+-+-+-+-+-+-+-+-+-+\n      |   Lamps   |    Red    |\n"
		"      +-+-+-+-+-+-+-+-+-+-+-+-+\n",
		SHAPE_WRAPPED, "P4 R5"},
	{"columns divided by two blanks",
		"Lamps were counted on three nights, by two people, with the following\n"
		"result, which surprised both of them:\n\n"
		"night   red  white  green\nfirst   12   9      1\nsecond  11   9      0\n",
		SHAPE_WRAPPED, "P2 R3"},
	{"lines justified with blanks are prose",
		"The  harbour  opened  again  on  Friday, two weeks after the dockers\n"
		"had  left  their  cabs  and  gone home to dig their gardens, in  the\n"
		"rain, which  had  not  ended  when  they came back to look for their\n"
		"hats.\n",
		SHAPE_WRAPPED, "P4"},
	{"lines of uneven length, wrapped by eye",
		"The harbour opened again on Friday, two weeks after the dockers had left\n"
		"their cabs and gone home to dig their gardens, in the rain,\n"
		"which had not ended when they came back to look for their hats and\n"
		"for the key to the canteen, which one of them had taken with\n"
		"him, by mistake.\n",
		SHAPE_WRAPPED, "P5"},
	{"German, where many lines begin with a capital",
		"Der Hafen wurde am Freitag wieder geöffnet, zwei Wochen nachdem die\n"
		"Arbeiter ihre Kabinen verlassen hatten und nach Hause gegangen waren, um\n"
		"im Regen, der noch immer nicht aufgehört hatte, ihre Gärten und die der\n"
		"Nachbarn umzugraben. Niemand kam, um es zu sehen, weil es niemandem\n"
		"gesagt worden war.\n",
		SHAPE_WRAPPED, "P5"},
	{"Chinese, wrapped",
		"港口星期五重新開放了，兩個星期以前工人們離開了他們的起重機回家去了\n"
		"在雨中挖他們的花園，雨一直沒有停，當他們回來找他們的帽子的時候還在\n"
		"下。\n",
		SHAPE_WRAPPED, "P3"},
	{"a title of two lines",
		"Driverless Cranes Pause as the Dockers of Vigo End Their Strike of\nEleven "
		"Days\n\n"
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain.\n",
		SHAPE_WRAPPED, "H2 P2"},
	{"a heading between paragraphs, and none without an empty line below",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain.\n\n"
		"What the Dockers Won\n\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it.\n\n"
		"Ana\n"
		"was the only one who had been told, and she believed it, but she had\n"
		"no shoes.\n",
		SHAPE_WRAPPED, "P2 H P2 P P2"},
	{"a change log",
		"lampreader (1.2-1) unstable; urgency=medium\n\n"
		"  * New upstream release, which reads lamps in fog as well where they\n"
		"    are green.\n"
		"  * Close the file. (Closes: #123)\n\n"
		" -- Ana Duarte <ana@harbour.example>  Mon, 03 Mar 2025 09:12:44 +0100\n",
		SHAPE_WRAPPED, "P I2 I P"},

	/* ---- lines are lines */
	{"a poem",
		"I wandered down the quay at night,\nThe cranes stood up like birds asleep;\n"
		"The harbour had put out its light\nFor those who had no hours to keep.\n\n"
		"A lamp went on, a lamp went out,\nA rope was singing in the cold,\n"
		"And nobody was there to shout\nThe way the dockers did of old.\n",
		SHAPE_VERSE, "R4 R4"},
	{"a poem in small letters",
		"so much was said\nof the crane\n\nthat stood in the rain\nwithout\na word\n\n"
		"beside the white\nboats\n",
		SHAPE_VERSE, "R2 R3 R2"},
	{"a poem of long lines",
		"I hear the harbour calling, and the lamps that answer slowly one by one,\n"
		"The ropes along the quay, the men who coil them when the work is done,\n"
		"The cranes that bow to nobody, the gulls that laugh at everything they see,\n"
		"And I who have no part in it, the tide that does not ask for me,\n"
		"The night that comes ashore with all its boxes and its crates of stars,\n"
		"To be unloaded in the dark by hands that nobody can see.\n",
		SHAPE_VERSE, "R6"},
	{"a poem with a title",
		"The Quay\n\nI wandered down the quay at night,\n"
		"The cranes stood up like birds asleep;\n"
		"The harbour had put out its light\nFor those who had no hours to keep.\n",
		SHAPE_VERSE, "H R4"},
	{"a program",
		"#include <stdio.h>\n\nint main(void)\n{\n\tint count = 0;\n"
		"\tfor (int i = 0; i < 10; i++)\n\t\tcount += i;\n\tputs(\"hello\");\n"
		"\treturn 0;\n}\n",
		SHAPE_VERSE, "R C8"},
	{"a program without many signs",
		"import os\nimport sys\n\ndef lift(cranes):\n    for crane in cranes:\n"
		"        print(crane)\n    return None\n",
		SHAPE_VERSE, "R2 R4"},
	{"settings that are set in below each other",
		"cranes:\n  name: the older one\n  lamps:\n    - red\n    - green\n"
		"quays:\n  name: four\n  side: west\n",
		SHAPE_VERSE, "R8"},
	{"records, whose fields have room on the line before",
		"root:x:0:0:root:/root:/bin/bash\n"
		"daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
		"bin:x:2:2:bin:/bin:/usr/sbin/nologin\nsys:x:3:3:sys:/dev:/usr/sbin/nologin\n",
		SHAPE_VERSE, "R4"},
	{"comma-separated values",
		"name,place,what was said\n"
		"duarte,vigo,that the cranes are to stand still until next spring\n"
		"whitcombe,lisbon,that nobody had told her where the cranes are going\n"
		"lamas,cab nine,that he would keep his cab warm and say nothing more\n"
		"veiga,quay four,that the machines will come when all have agreed\n",
		SHAPE_VERSE, "R5"},
	{"a script, known by its first line",
		"#!/bin/sh\nset -e\nfor f in one two; do\n"
		"  echo \"$f is a thing that we want to have on the screen as it is\"\n"
		"done\nexit 0\n",
		SHAPE_VERSE, "R6"},
	{"a script without that line",
		"if [ \"$(id -u)\" -eq 0 ]; then\n  PATH=\"/usr/local/sbin:/usr/sbin:/usr/bin\"\n"
		"else\n  PATH=\"/usr/local/bin:/usr/local/games:/usr/bin:/bin:/usr/games\"\nfi\n"
		"export PATH\n\nif [ -d /etc/lamps.d ]; then\n  for i in /etc/lamps.d/*.sh; do\n"
		"    if [ -r $i ]; then\n      . $i\n    fi\n  done\n  unset i\nfi\n",
		SHAPE_VERSE, "R6 R8"},
	{"a program, the comments of which were wrapped",
		"# Turns the lamps on, one after the other, and then waits until all of\n"
		"# them are warm, which takes a minute.\n"
		"def light(lamps, wait=True):\n    for lamp in lamps:\n"
		"        if lamp.is_broken(): # the caller has been told already, so that we\n"
		"            continue         # need not do so\n        lamp.on()\n"
		"    return wait and [lamp.warm() for lamp in lamps]\n",
		SHAPE_VERSE, "C8"},
	{"a list of processes",
		"USER       PID %CPU %MEM COMMAND\n"
		"root         1  0.0  0.1 /sbin/init\n"
		"ana       2113  0.3  1.2 lampd --quay 4 --log /var/log/lamps/quay-4.log "
		"--level=9\n"
		"ana       2114 12.0  1.2 lampd --quay 5 --log /var/log/lamps/quay-5.log --level=9 "
		"--lamps red,green,white,blue --colour always --night 22:00 --morning 06:00\n",
		SHAPE_VERSE, "C4"},
	{"tables of tabs behind a paragraph that was wrapped",
		"# The lamps of the quay, by the names that the port authority has given\n"
		"# them, with the places where they stand.\n\n"
		"alpha\t1/quay\tred\tfor ships that have been told to "
		"wait\nbravo\t2/quay\tgreen\ncharlie\t3/mole\tred\n"
		"delta\t4/mole\tgreen\tfor ships that come at "
		"night\necho\t5/mole\twhite\nfoxtrot\t6/mole\twhite\n",
		SHAPE_VERSE, "C2 R6"},
	{"names of one word, long and short",
		"application/vnd.lamps-of-the-harbour.messages+xml\n"
		"application/vnd.lamps-of-the-quay.messages.signed+xml\t\tlamp\n"
		"application/vnd.lamps-of-the-quay.messages.sealed+xml\n"
		"application/vnd.cranes.and.lamps.of.the.harbour+json\n"
		"application/vnd.cranes\napplication/zip\n",
		SHAPE_VERSE, "R6"},
	{"a patch below a message that was wrapped",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain.\n\n"
		"diff --git a/lamps b/lamps\n--- a/lamps\n+++ b/lamps\n@@ -1,2 +1,2 @@\n"
		" red\n-green lamps that stand on the quay, and of which nobody knows who\n"
		"+white lamps that stand on the quay\n",
		SHAPE_VERSE, "R2 R7"},
	{"addresses, two or three lines each",
		"Ana Duarte\nGate Four\nVigo\n\nClara Whitcombe\nMeridian Press\nLisbon\n\n"
		"Breixo Lamas\nCab Nine\n",
		SHAPE_VERSE, "R3 R3 R2"},
	{"a word list", "anchor\nberth\ncrane\ndock\nebb\n", SHAPE_VERSE, "R5"},

	/* ---- each stretch is what its own lines say */
	{"prose wrapped at 72 between commands and a table that is longer",
		"Lamps\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left\n"
		"their cabs and gone home to dig their gardens, in the rain, which had\n"
		"not ended when they came back to look for their hats and for the key to\n"
		"the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"    lampd --quay 4 --log FILE   # all lamps\n"
		"    lampd --help\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told before,\n"
		"and each time the gate had been shut and the watchman asleep behind it\n"
		"with a lamp beside him.\n"
		"\n"
		"| key | what it does |\n"
		"|---|---|\n"
		"| j | goes to the next one |\n"
		"| k | goes to the last one |\n"
		"| g | goes to the first one |\n"
		"| n | goes to the red one |\n"
		"| m | goes to the green one |\n"
		"| p | goes to the white one |\n"
		"| q | goes to the dark one |\n"
		"| r | goes to the lit one |\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has\n"
		"understood it yet: they were lit at the hour at which lamps are lit, and\n"
		"put out when it was light, and nothing was found on the quay that had\n"
		"not been there before.\n",
		SHAPE_WRAPPED, "H P4 C2 P4 R10 P4"},
	{"prose wrapped at 100 between commands and a table that is longer",
		"Lamps\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to\n"
		"dig their gardens, in the rain, which had not ended when they came back to look "
		"for their hats and\n"
		"for the key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"    lampd --quay 4 --log FILE   # all lamps\n"
		"    lampd --help\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not\n"
		"believe it, since they had been told before, and each time the gate had been shut "
		"and the watchman\n"
		"asleep behind it with a lamp beside him.\n"
		"\n"
		"| key | what it does |\n"
		"|---|---|\n"
		"| j | goes to the next one |\n"
		"| k | goes to the last one |\n"
		"| g | goes to the first one |\n"
		"| n | goes to the red one |\n"
		"| m | goes to the green one |\n"
		"| p | goes to the white one |\n"
		"| q | goes to the dark one |\n"
		"| r | goes to the lit one |\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were\n"
		"lit at the hour at which lamps are lit, and put out when it was light, and "
		"nothing was found on the\n"
		"quay that had not been there before.\n",
		SHAPE_WRAPPED, "H P3 C2 P3 R10 P3"},
	{"prose wrapped at 120 between commands and a table that is longer",
		"Lamps\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens,\n"
		"in the rain, which had not ended when they came back to look for their hats and "
		"for the key to the canteen, which one of\n"
		"them had taken with him by mistake.\n"
		"\n"
		"    lampd --quay 4 --log FILE   # all lamps\n"
		"    lampd --help\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it, since they\n"
		"had been told before, and each time the gate had been shut and the watchman "
		"asleep behind it with a lamp beside him.\n"
		"\n"
		"| key | what it does |\n"
		"|---|---|\n"
		"| j | goes to the next one |\n"
		"| k | goes to the last one |\n"
		"| g | goes to the first one |\n"
		"| n | goes to the red one |\n"
		"| m | goes to the green one |\n"
		"| p | goes to the white one |\n"
		"| q | goes to the dark one |\n"
		"| r | goes to the lit one |\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at\n"
		"which lamps are lit, and put out when it was light, and nothing was found on the "
		"quay that had not been there before.\n",
		SHAPE_WRAPPED, "H P3 C2 P2 R10 P2"},
	{"prose wrapped at 140 between commands and a table that is longer",
		"Lamps\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the key to the "
		"canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"    lampd --quay 4 --log FILE   # all lamps\n"
		"    lampd --help\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it, since they had been told before,\n"
		"and each time the gate had been shut and the watchman asleep behind it with a "
		"lamp beside him.\n"
		"\n"
		"| key | what it does |\n"
		"|---|---|\n"
		"| j | goes to the next one |\n"
		"| k | goes to the last one |\n"
		"| g | goes to the first one |\n"
		"| n | goes to the red one |\n"
		"| m | goes to the green one |\n"
		"| p | goes to the white one |\n"
		"| q | goes to the dark one |\n"
		"| r | goes to the lit one |\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at which lamps are lit,\n"
		"and put out when it was light, and nothing was found on the quay that had not "
		"been there before.\n",
		SHAPE_WRAPPED, "H P2 C2 P2 R10 P2"},
	{"paragraphs wrapped at widths of their own",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it,\n"
		"since they had been told before, and each time the gate had been shut and the "
		"watchman asleep behind it with a\n"
		"lamp beside him.\n"
		"\n"
		"What the report says of the lamps is short, and\n"
		"there is nobody who has understood it yet: they\n"
		"were lit at the hour at which lamps are lit, and\n"
		"put out when it was light, and nothing was found\n"
		"on the quay that had not been there before.\n",
		SHAPE_WRAPPED, "P4 P3 P5"},
	{"a paragraph that was wrapped among others that were not",
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which had not ended when "
		"they came back to look for their hats and for the key to the canteen, which one "
		"of them had taken with him by mistake.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been\n"
		"told, and those who had been did not believe it, since they\n"
		"had been told before, and each time the gate had been shut\n"
		"and the watchman asleep behind it with a lamp beside him.\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at which lamps are lit, and put out "
		"when it was light, and nothing was found on the quay that had not been there "
		"before.\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which had not ended when "
		"they came back to look for their hats and for the key to the canteen, which one "
		"of them had taken with him by mistake.\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at which lamps are lit, and put out "
		"when it was light, and nothing was found on the quay that had not been there "
		"before.\n",
		SHAPE_FLOWING, "P P4 P P P"},
	{"paragraphs of a line among others that were wrapped",
		"The harbour opened again on Friday, two weeks after the dockers\n"
		"had left their cabs and gone home to dig their gardens, in the\n"
		"rain, which had not ended when they came back to look for their\n"
		"hats and for the key to the canteen, which one of them had taken\n"
		"with him by mistake.\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which had not ended when "
		"they came back to look for their hats and for the key to the canteen, which one "
		"of them had taken with him by mistake.\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at which lamps are lit, and put out "
		"when it was light, and nothing was found on the quay that had not been there "
		"before.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told,\n"
		"and those who had been did not believe it, since they had been\n"
		"told before, and each time the gate had been shut and the watchman\n"
		"asleep behind it with a lamp beside him.\n",
		SHAPE_FLOWING, "P5 P P P4"},
	{"lines that are set in among paragraphs of a line",
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which had not ended when "
		"they came back to look for their hats and for the key to the canteen, which one "
		"of them had taken with him by mistake.\n"
		"\n"
		"    red lamps\n"
		"    green lamps, and those\n"
		"    that are white\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at which lamps are lit, and put out "
		"when it was light, and nothing was found on the quay that had not been there "
		"before.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it, since they had been told before, and each time the "
		"gate had been shut and the watchman asleep behind it with a lamp beside him.\n",
		SHAPE_FLOWING, "P R3 P P"},
	{"a stanza among paragraphs of a line",
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which had not ended when "
		"they came back to look for their hats and for the key to the canteen, which one "
		"of them had taken with him by mistake.\n"
		"\n"
		"A lamp went on, a lamp went out,\n"
		"A rope was singing in the cold,\n"
		"And nobody was there to shout\n"
		"The way the dockers did of old\n"
		"\n"
		"What the report says of the lamps is short, and there is nobody who has "
		"understood it yet: they were lit at the hour at which lamps are lit, and put out "
		"when it was light, and nothing was found on the quay that had not been there "
		"before.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it, since they had been told before, and each time the "
		"gate had been shut and the watchman asleep behind it with a lamp beside him.\n"
		"\n"
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain, which had not ended when "
		"they came back to look for their hats and for the key to the canteen, which one "
		"of them had taken with him by mistake.\n",
		SHAPE_FLOWING, "P R4 P P P"},
	{"comments among paragraphs that were wrapped",
		"The harbour opened again on Friday, two weeks after the dockers\n"
		"had left their cabs and gone home to dig their gardens, in the\n"
		"rain, which had not ended when they came back to look for their\n"
		"hats and for the key to the canteen, which one of them had taken\n"
		"with him by mistake.\n"
		"\n"
		"# Nobody came to see it, for the reason that nobody had been\n"
		"# told, and those who had been did not believe it, since they\n"
		"# had been told before, and each time the gate had been shut and\n"
		"# the watchman asleep behind it with a lamp beside him.\n"
		"\n"
		"/*\n"
		" * What the report says of the lamps is short, and there is\n"
		" * nobody who has understood it yet: they were lit at the\n"
		" * hour at which lamps are lit, and put out when it was\n"
		" * light, and nothing was found on the quay that had not\n"
		" * been there before.\n"
		" */\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told,\n"
		"and those who had been did not believe it, since they had been\n"
		"told before, and each time the gate had been shut and the watchman\n"
		"asleep behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P5 C4 R7 P4"},
	{"orders that begin alike, though they are equally long",
		"turn on the red lamp of the quay and then wait\n"
		"turn on the green lamp of the mole and then wait\n"
		"turn on the white lamp of the mole and then wait\n"
		"turn off the lamps that are not seen from there\n",
		SHAPE_VERSE, "R4"},
	{"a manual: headings stand left of everything, options hang",
		"NAME\n"
		"       lampd - lights the lamps of cranes\n"
		"\n"
		"DESCRIPTION\n"
		"       The harbour opened again on Friday, two weeks after the dockers had\n"
		"       left their cabs and gone home to dig their gardens, in the rain, which\n"
		"       had not ended when they came back to look for their hats and for the\n"
		"       key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"       Nobody came to see it, for the reason that nobody had been told, and\n"
		"       those who had been did not believe it, since they had been told before,\n"
		"       and each time the gate had been shut and the watchman asleep behind it\n"
		"       with a lamp beside him.\n"
		"\n"
		"OPTIONS\n"
		"       -q        Light nothing, and say so.\n"
		"       -l FILE   Write what was lit, with the hour and the quay, to that file,\n"
		"                 which must not be there yet\n"
		"       -n        Not before the night, which is told by\n"
		"                 the one who has the key to the clock.\n",
		SHAPE_WRAPPED, "H P H P4 P4 H P P2 P2"},
	{"entries that begin with a number in brackets",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"  [12154] Do not light lamps of cranes that are not there any more\n"
		"  [20975] Lamps that are lit twice are counted once, and once more than\n"
		"    they were put out\n"
		"  [24816] Fix the green one\n"
		"  [27576] Handle the white ones that nobody has found yet on the mole\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 R5 P4"},
	{"the head of a mail, with long lines",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"From: Clara Whitcombe of the Meridian Press <clara@press.example.org>\n"
		"To: Ana Duarte, Harbour Master of Vigo <ana@harbour.example.org>, and\n"
		"        Breixo Lamas <breixo@harbour.example.org>\n"
		"Subject: cranes\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 R4 P4"},
	{"an item with commands below it",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"- Put the following into the file that the lamps are lit by, as it is:\n"
		"    #!/bin/sh\n"
		"    mount -o remount,rw /lamps\n"
		"- Wait\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 I C2 I P4"},
	{"addresses of pages, one a line",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"  https://harbour.example.org/lamps/red/on/the/quay\n"
		"  https://harbour.example.org/lamps/green\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 R2 P4"},
	{"a synopsis with brackets",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"    lampd [-v | --version] [-h | --help] [-C <quay>] [-c <name>=<value>]\n"
		"        [--lamps[=<lamps>]] [--red-ones] [--green-ones] [--white-ones]\n"
		"        [-p|--paginate|-P|--no-pager] [--no-mole] [--night]\n"
		"        [--quay=<quay>] [--mole=<mole>] [--crane=<number>]\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 R4 P4"},
	{"each sentence begins a line",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"The lamps of the quay are lit at the hour that the clock says.\n"
		"Those of the mole are not, and nobody knows why.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 P P P4"},
	{"a long word begins the second line",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"What is lit, and by whom, is controlled by\n"
		"[harbour-office-of-the-port-authority-of-Vigo][] alone.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and\n"
		"those who had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep\n"
		"behind it with a lamp beside him.\n",
		SHAPE_WRAPPED, "P4 P2 P4"},
	{"long and short sentences between commands",
		"Lights lamps\n"
		"\n"
		"The following command lights all lamps of the quay that are red, and those of the "
		"mole that are not green, at once::\n"
		"\n"
		"    lampd light \\\n"
		"        --quay 4 \\\n"
		"        --mole 5\n"
		"\n"
		"What it prints:\n"
		"\n"
		"    {\n"
		"        \"lamps\": 4,\n"
		"        \"quay\": {\"red\": 1}\n"
		"    }\n"
		"\n"
		"The lamps go out in the morning.\n",
		SHAPE_VERSE, "H P C3 P C4 P"},
	{"items that do not hang, in capitals",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"4. The office is opening the harbour to all on an \"AS IS\"\n"
		"basis.  THE OFFICE MAKES NO PROMISE OF ANY LAMP OR CRANE OF THE\n"
		"HARBOUR OF VIGO, EVEN IF IT HAS BEEN TOLD OF THEM.\n"
		"\n"
		"5. THE OFFICE SHALL NOT BE LIABLE TO ANY CAPTAIN OR HARBOUR MASTER\n"
		"FOR LAMPS THAT ARE OUT.\n",
		SHAPE_WRAPPED, "P4 I3 I2"},
	{"wrapped wide, with a line that was mended and a table of long rows",
		"The harbour opened again on Friday, two weeks after the dockers had left their "
		"cabs and gone home to dig their gardens, in the rain,\n"
		"which had not ended when they came back to look for their hats and for the key to "
		"the canteen, which one of them had taken with him by\n"
		"mistake.\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep behind it "
		"with a lamp beside him. The harbour opened again on (which was mended by hand, "
		"and is wider)\n"
		"Friday, two weeks after the dockers had left their cabs and gone home to dig "
		"their gardens, in the rain, which had not ended when they\n"
		"came back to look for their hats and for the key to the canteen, which one of "
		"them had taken with him by mistake.\n"
		"\n"
		"| lamp | what it means, to whom, and since when |\n"
		"|---|---|\n"
		"| red | that nobody may come in, unless he has come in already, in which case "
		"nobody may go out, but those who have been told to do so by the one who has the "
		"key to the gate, at night and by day |\n"
		"\n"
		"Nobody came to see it, for the reason that nobody had been told, and those who "
		"had been did not believe it, since they had been told\n"
		"before, and each time the gate had been shut and the watchman asleep behind it "
		"with a lamp beside him.\n",
		SHAPE_WRAPPED, "P3 P4 R3 P2"},
	{"two lines that speak of options",
		"The harbour opened again on Friday, two weeks after the dockers had\n"
		"left their cabs and gone home to dig their gardens, in the rain, which\n"
		"had not ended when they came back to look for their hats and for the\n"
		"key to the canteen, which one of them had taken with him by mistake.\n"
		"\n"
		"What a lamp is told (`lampd --tell`) it does, and what it did, ask\n"
		"`--why`. It need not be told twice.\n",
		SHAPE_WRAPPED, "P4 P2"},

	/* ---- nothing much */
	{"empty", "", SHAPE_FLOWING, ""},
	{"nothing but empty lines", "\n\n \n", SHAPE_FLOWING, ""},
	{"a rule alone", "---\n", SHAPE_FLOWING, "-"},
	{"marks of a quotation alone", ">\n> \n", SHAPE_FLOWING, "Q Q"},
};

static struct document *whole(const char *text)
{
	struct document *document = document_new("text", NULL);
	document_append(document, slice_of(text));
	document_finish(document);
	return document;
}

static void describe(const struct document *document, struct buffer *into)
{
	static const char letters[] = "PHIQC-";
	buffer_text(into, "");
	for (size_t i = 0; i < document_block_count(document); i++) {
		struct block block = document_block(document, i);
		struct slice body = document_body(document, i);
		size_t lines = 1;
		for (size_t at = 0; at < body.length; at++)
			lines += body.bytes[at] == '\n' ||
				 (body.bytes[at] == '\r' && body.bytes[at + 1] != '\n');
		bool rows = block.lines && block.kind == BLOCK_PARAGRAPH;
		buffer_format(into, "%s%c", i > 0 ? " " : "", rows ? 'R' : letters[block.kind]);
		if (lines > 1)
			buffer_format(into, "%zu", lines);
	}
}

static void test_examples(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct document *document = whole(examples[i].text);
		struct buffer got = {0};
		describe(document, &got);
		bool right = document_shape(document) == examples[i].shape &&
			     strcmp(got.bytes, examples[i].blocks) == 0;
		if (!right)
			printf("%s: shape %d, %s\n", examples[i].what,
				(int)document_shape(document), got.bytes);
		wrong += !right;
		buffer_release(&got);
		document_free(document);
	}
	assert_int_equal(wrong, 0);
}

static void assert_same(const struct document *a, const struct document *b)
{
	assert_int_equal(document_block_count(a), document_block_count(b));
	for (size_t i = 0; i < document_block_count(a); i++) {
		struct block one = document_block(a, i), other = document_block(b, i);
		assert_int_equal(one.kind, other.kind);
		assert_int_equal(one.level, other.level);
		assert_int_equal(one.lines, other.lines);
		assert_int_equal(one.extent.start, other.extent.start);
		assert_int_equal(one.extent.end, other.extent.end);
		assert_int_equal(one.body.start, other.body.start);
		assert_int_equal(one.body.end, other.body.end);
	}
}

/* The examples behind a first stretch that makes texts wrapped, in slices of many sizes. */
static void test_slices_do_not_matter(void **state)
{
	(void)state;
	struct buffer text = {0};
	for (int i = 0; i < 500; i++)
		buffer_text(&text,
			"The harbour opened again on Friday, two weeks after the dockers had\n"
			"left their cabs and gone home to dig their gardens, in the rain.\n\n");
	assert_true(text.length >= (size_t)65536);
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		buffer_format(&text, "%s%s", examples[i].text, i % 3 ? "\n" : "");
	struct document *expected = whole(text.bytes);
	assert_int_equal(document_shape(expected), SHAPE_WRAPPED);
	for (size_t step = 1; step < 200; step = step * 3 / 2 + 1) {
		struct document *document = document_new("text", NULL);
		document_append(document, slice_cut(buffer_slice(&text), 0, 65536));
		for (size_t at = 65536; at < text.length; at += step)
			document_append(document, slice_cut(buffer_slice(&text), at, at + step));
		document_finish(document);
		assert_same(document, expected);
		document_free(document);
	}
	document_free(expected);
	buffer_release(&text);
}

/* Blocks partition the text after each byte of it, and closed ones stay as they are. */
static void test_an_open_block_is_one_of_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct document *document = document_new("text", NULL);
		struct slice text = slice_of(examples[i].text);
		document_append(document, slice_cut(text, 0, text.length / 2));
		document_decide(document);
		for (size_t at = text.length / 2; at < text.length; at++) {
			document_append(document, slice_cut(text, at, at + 1));
			size_t end = 0;
			for (size_t b = 0; b < document_block_count(document); b++) {
				struct block block = document_block(document, b);
				assert_int_equal(block.extent.start, end);
				assert_in_range(block.body.start, end, block.body.end);
				assert_in_range(block.body.end, 0, block.extent.end);
				end = block.extent.end;
			}
			if (document_block_count(document) > 0)
				assert_int_equal(end, document_text(document).length);
		}
		document_free(document);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_slices_do_not_matter),
		cmocka_unit_test(test_an_open_block_is_one_of_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
