import type { FC } from "hono/jsx";

/** The head of a table: headings of texts on the left, then of numbers, which stand on the right. */
export const Headings: FC<{ texts: string[]; numbers: string[] }> = ({ texts, numbers }) => (
  <thead>
    <tr>
      {texts.map((text) => (
        <th scope="col">{text}</th>
      ))}
      {numbers.map((text) => (
        <th scope="col" class="n">
          {text}
        </th>
      ))}
    </tr>
  </thead>
);
