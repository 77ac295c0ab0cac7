/** What the names and texts of the generated organization are made of. */
export const areas =
  'payments billing checkout ledger invoicing pricing promotions catalog inventory warehouse shipping returns carriers tracking orders carts search recommendations reviews ratings loyalty identity accounts consent sessions fraud risk compliance tax treasury payouts subscriptions notifications email sms push campaigns segments experiments analytics reporting metrics events streaming ingestion forecasting replenishment procurement suppliers contracts support ticketing chat knowledge onboarding partners marketplace storefront content media images translations localization geo routing fleet drivers'.split(
    ' ',
  );

export const parts =
  'core gateway engine hub store index registry planner scheduler router resolver monitor sync export import archive audit rules limits quotas history timeline profile settings templates tokens webhooks feed cache batch matching scoring validation enrichment reconciliation settlement simulation'.split(
    ' ',
  );

export const serviceRoles =
  'api service worker consumer processor job bff proxy'.split(' ');
export const libraryRoles = 'client sdk lib schema utils testkit'.split(' ');
export const websiteRoles = 'web admin portal console'.split(' ');

export const departments =
  'Commerce Payments Logistics Growth Identity Data Platform Customer Finance Content Marketplace Operations'.split(
    ' ',
  );

export const firstNames =
  'Ada Amir Ana Anders Aiko Bela Bruno Carla Chidi Clara Daria David Elif Emre Esra Farah Felix Grace Hana Hugo Ines Ivan Jana Jonas Kaja Karim Lea Liam Lin Lucia Mateo Maya Mei Milan Mira Nadia Nils Noa Olga Omar Paula Pedro Priya Rafael Rania Rosa Sami Sara Sven Tara Theo Uma Vera Victor Wanda Yara Yusuf Zoe'.split(
    ' ',
  );

export const lastNames =
  'Abe Adeyemi Andersen Bauer Becker Bianchi Castro Chen Costa Diaz Dubois Eriksen Farouk Fischer Garcia Haddad Hansen Ito Ivanova Jansen Kaya Kim Kowalski Kumar Larsen Lopez Mbeki Meyer Moreau Nagy Nakamura Novak Okafor Olsen Patel Pereira Petrov Ricci Rossi Sato Schmidt Silva Singh Sousa Suzuki Tanaka Varga Virtanen Wagner Wang Weber Yilmaz Zhang'.split(
    ' ',
  );

export const tags =
  'java go typescript python kotlin rust react graphql grpc rest kafka postgres redis pci gdpr tier1 tier2 tier3 batch realtime internal public legacy ml'.split(
    ' ',
  );

export const verbs =
  'Calculates Collects Converts Delivers Enriches Exposes Keeps Matches Plans Publishes Reads Reconciles Records Renders Schedules Sends Stores Tracks Validates'.split(
    ' ',
  );

export const resourceTypes = /** @type {const} */ ({
  database: 40,
  's3-bucket': 20,
  'kafka-topic': 20,
  redis: 14,
  'kubernetes-cluster': 1,
  'search-index': 5,
});
