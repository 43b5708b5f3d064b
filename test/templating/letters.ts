/** Fuller templates, in the manner of the samples that Mailjet publishes, and what they are sent with. */

export const receipt = {
  subject: 'Your order {{var:order.number}}',
  html: `<h1>Thank you, {{ Upper(var:customer.name) }}</h1>
<table>{% for item in var:order.items %}
<tr><td>{{ item.title }}</td><td>{{ item.quantity }} x {{ item.price }}</td><td>{{ item.price*item.quantity }}</td></tr>{% endfor %}
</table>
<p>{{ var:delivery:"" }}Total: {{ FormatNumberLocale("#,##0.00", var:order.cents/100, "de_DE") }} {{ var:order.currency:"EUR" }}</p>`,
  variables: {
    customer: { name: 'Marie' },
    order: {
      number: 4711,
      cents: 123498,
      items: [
        { title: 'Brown shoes', quantity: 1, price: 79.99 },
        { title: 'Blue T-shirt', quantity: 3, price: 20 },
      ],
    },
  },
  becomes: {
    subject: 'Your order 4711',
    html: `<h1>Thank you, MARIE</h1>
<table>
<tr><td>Brown shoes</td><td>1 x 79.99</td><td>79.99</td></tr>
<tr><td>Blue T-shirt</td><td>3 x 20</td><td>60</td></tr>
</table>
<p>Total: 1.234,98 EUR</p>`,
  },
};

const onboarding =
  '{{var:firstname:"client"}}, {% if var:step == "registration" %}thank you for registering{% elseif var:step == "confirmation" %}please confirm your address{% elseif var:step == "badge" %}you are now {% if var:level ==1 %}a junior{% elseif var:level == 2 %}a senior{% else %}an expert{% endif %}{% else %}{{var:message:"hello"}}{% endif %}';

/** One subject, and what each reader gets. */
export const steps = {
  subject: onboarding,
  readers: [
    [{ firstname: 'Ida', step: 'confirmation' }, 'Ida, please confirm your address'],
    [{ step: 'registration' }, 'client, thank you for registering'],
    [{ firstname: 'Omar', step: 'badge', level: 1 }, 'Omar, you are now a junior'],
    [{ firstname: 'Omar', step: 'badge', level: 2 }, 'Omar, you are now a senior'],
    [{ firstname: 'Omar', step: 'badge', level: 7 }, 'Omar, you are now an expert'],
    [{ firstname: 'Zoé', step: '', message: 'see you!' }, 'Zoé, see you!'],
    [{ firstname: 'Zoé', step: 'later' }, 'Zoé, hello'],
  ] as const,
};

/** Cells that zigzag, and a picture that depends on who reads. */
export const catalogue = {
  html: `{% set picture = "https://img.example/all" %}{% if var:user.gender:"" == "female" %}{% set picture = "https://img.example/women" %}{% endif %}<body background="{{ picture }}">
{% for line in var:lines %}<tr>{% for product in line %}{% if (product.id mod 2) = 1 %}<td class="left">{% else %}<td class="right">{% endif %}{{product.name}} {{product.price}}</td>{% endfor %}</tr>
{% endfor %}{% if not(var:isMember:false) %}<a href="/join">Join</a>{% endif %}</body>`,
  variables: {
    user: { gender: 'female' },
    lines: [
      [
        { id: 1, name: 'Pullover', price: '55€' },
        { id: 2, name: 'Skirt', price: '45€' },
      ],
      [{ id: 3, name: 'Top', price: '78€' }],
    ],
  },
  becomes: `<body background="https://img.example/women">
<tr><td class="left">Pullover 55€</td><td class="right">Skirt 45€</td></tr>
<tr><td class="left">Top 78€</td></tr>
<a href="/join">Join</a></body>`,
};
