/** What the offline imitation answers. It says that it is one. */
export const demo = {
  thinking: 'The demo pretends to think for a moment, so that you can see where thoughts would be shown.',
  replies: [
    `**This is the demo.** No model is behind it, nothing leaves this computer, and nothing is billed.

It is here so that you can see how Parley feels before you paste a key:

- the answer arrives piece by piece, and every piece is on your disk **before** it is on your screen
- press *Stop*, reload the window or pull the plug: what you saw is still there tomorrow
- the line under each reply says what it cost — here it says that a demo costs nothing

Ask something else, or open *Settings → Key* to talk with Gemma 4 31B itself.`,
    `The demo again. Here is what an answer can hold:

1. A table

| What | Where it is kept |
| --- | --- |
| Conversations | a database in your profile folder |
| The key | the keychain of your system |
| What was spent | a ledger that is only ever added to |

2. Code

\`\`\`ts
const credit = 500 // nano-USD
const cost = credits * credit // whole numbers, never a fraction of a cent lost
\`\`\`

3. A quotation

> Nothing shown is ever lost; every cent is explained.

That was the whole imitation. The real model has more to say.`,
    `Still the demo, and it knows only three answers. This one is short.

With a key, this place is taken by **google/gemma-4-31b-it**, and the line below by the price of the reply, exactly as the provider billed it.`,
  ],
}
