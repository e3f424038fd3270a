//! The schema as a promise: `schema.graphql` is current, everything is described, and every name that
//! clients rely on is there with its type.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, ServiceDocument, Type, TypeDefinition,
    TypeKind, TypeSystemDefinition,
};
use async_graphql::{EmptySubscription, Positioned, Schema};
use domain::access::Act;
use drypoint::graphql::{mutation::Mutation, query::Query, sdl};

/// The names that others build on. Extend freely; to rename or to change one of them is to break
/// somebody's program.
const PROMISED: &str = r"
scalar Date  scalar DateTime  scalar NPI
enum Jurisdiction { AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP VI }
enum Discipline { PHYSICAL_THERAPIST ACUPUNCTURIST CHIROPRACTOR ATHLETIC_TRAINER OCCUPATIONAL_THERAPIST PHYSICIAN }
enum ScopeStatus { PERMITTED CONDITIONAL PROHIBITED SILENT UNKNOWN }
enum ScopeInstrument { STATUTE REGULATION BOARD_POLICY AG_OPINION COURT OTHER }
enum Confidence { HIGH MEDIUM LOW }
enum ListingOutcome { VERIFIED UNVERIFIED NOT_LISTED }
enum ReasonOutcome { PASS FAIL UNKNOWN }
enum ListingReasonCode { NPI_ACTIVE SCOPE LICENSE TRAINING STERILITY EXCLUSION STANDING LOCATION_CONFIRMED }
enum EffectiveStatus { VERIFIED UNVERIFIED REVALIDATION_REQUIRED NOT_YET_VALID EXPIRED SUSPENDED REVOKED WITHDRAWN SUPERSEDED }
enum CoordinatePrecision { ROOFTOP STREET ZIP_CENTROID PLACE_CENTROID UNKNOWN }
enum BoardStatus { ACTIVE ACTIVE_CONDITIONS PROBATION INACTIVE EXPIRED SUSPENDED_DISCIPLINARY SUSPENDED_ADMIN REVOKED SURRENDERED PENDING NOT_FOUND UNKNOWN }
enum AttestationState { DRAFT SIGNED NEEDS_FIX UNDER_REVIEW ACCEPTED REJECTED LAPSED INVALIDATED WITHDRAWN SUPERSEDED }

interface Node { id: ID! }

type Query {
  node(id: ID!): Node
  provider(npi: NPI!): Provider
  providers(npis: [NPI!]!): [Provider]!
  searchProviders(input: ProviderSearchInput!, first: Int = 20, after: String): ProviderSearchConnection!
  whyNotShown(npi: NPI!, on: Date): [LocationListing!]!
  scopeDecision(discipline: Discipline!, jurisdiction: Jurisdiction!, on: Date): ScopeDecision!
  scopeRules(jurisdiction: Jurisdiction, discipline: Discipline, on: Date): [ScopeRule!]!
  places(prefix: String!, first: Int = 10): [Place!]!
}

input NearInput @oneOf { point: PointInput  postalCode: String  placeId: ID }
input PointInput { latitude: Float!  longitude: Float! }
input ProviderSearchInput {
  near: NearInput
  radiusMiles: Float
  jurisdiction: Jurisdiction
  disciplines: [Discipline!]
  atLeast: ListingOutcome
  on: Date
  acceptsNewPatients: Boolean  languages: [String!]  wheelchairAccess: Boolean  verifiedWithinDays: Int  name: String
}
type ProviderSearchConnection {
  edges: [ProviderSearchEdge!]!  nodes: [Provider!]!  pageInfo: PageInfo!
  totalCount: Int!
  notices: [ScopeNotice!]!
  facets: SearchFacets!
}
type PageInfo { hasNextPage: Boolean!  hasPreviousPage: Boolean!  startCursor: String  endCursor: String }
type ProviderSearchEdge { cursor: String!  node: Provider!  distance: Distance  location: PracticeLocation!  listing: LocationListing! }
type Distance { meters: Float!  miles: Float!  precision: CoordinatePrecision! }
type SearchFacets { disciplines: [DisciplineCount!]!  jurisdictions: [JurisdictionCount!]!  languages: [LanguageCount!]!  acceptsNewPatients: [BooleanCount!]!  wheelchairAccess: [BooleanCount!]! }
type DisciplineCount { value: Discipline!  count: Int! }
type JurisdictionCount { value: Jurisdiction!  count: Int! }
type LanguageCount { value: String!  count: Int! }
type BooleanCount { value: Boolean!  count: Int! }
type ScopeNotice { decision: ScopeDecision!  hiddenCount: Int! }
type Place implements Node { id: ID!  kind: PlaceKind!  name: String!  jurisdiction: Jurisdiction!  point: Point! }   enum PlaceKind { ZIP CITY STATE }
type ScopeDecision { discipline: Discipline!  jurisdiction: Jurisdiction!  on: Date!  status: ScopeStatus!  rule: ScopeRule }
type ScopeRule implements Node { id: ID!  jurisdiction: Jurisdiction!  discipline: Discipline!  status: ScopeStatus!  effectiveFrom: Date  effectiveTo: Date
  instrument: ScopeInstrument!  citation: String  sourceUrl: String  sourceAsOf: Date  confidence: Confidence!  summary: String!  requirements: [ScopeRequirement!]! }
type ScopeRequirement { subject: RequirementSubject!  kind: RequirementKind!  value: String  unit: String  alternativeGroup: String  note: String }
enum RequirementSubject { PROVIDER VISIT }
type LocationListing { location: PracticeLocation  discipline: Discipline  license: License  outcome: ListingOutcome!  on: Date!  reasons: [ListingReason!]! }
type ListingReason { code: ListingReasonCode!  outcome: ReasonOutcome!  message: String!  citation: String  dueOn: Date }

type Provider implements Node { id: ID!  npi: NPI!  name: PersonName!  disciplines: [Discipline!]!  licenses: [License!]!  locations: [PracticeLocation!]!
  training: [TrainingCredential!]!  attestations: [SterilityAttestation!]!  languages: [String!]!  acceptsNewPatients: Boolean  website: String
  claimed: Boolean!
  offersDryNeedling: Boolean }
type PersonName { full: String!  given: String  family: String  suffix: String }
type PracticeLocation implements Node { id: ID!  name: String  address: Address!  point: Point  precision: CoordinatePrecision!  jurisdiction: Jurisdiction!  phone: String  wheelchairAccess: Boolean }
type Address { lines: [String!]!  city: String!  state: Jurisdiction!  postalCode: String! }
type Point { latitude: Float!  longitude: Float! }
type License implements Node { id: ID!  discipline: Discipline!  jurisdiction: Jurisdiction!  number: String  boardStatus: BoardStatus!  issuedOn: Date  expiresOn: Date  checkedOn: Date  source: String! }
type TrainingCredential implements Node { id: ID!  title: String!  issuer: Issuer!  hours: TrainingHours!  completedOn: Date  expiresOn: Date  status: EffectiveStatus!  verifiedAt: DateTime }
type TrainingHours { totalMinutes: Int!  inPersonMinutes: Int!  liveOnlineMinutes: Int!  selfPacedMinutes: Int!  supervisedClinicalMinutes: Int! }
type SterilityAttestation implements Node { id: ID!  state: AttestationState!  locations: [PracticeLocation!]!  signedAt: DateTime  validUntil: Date  statement: String!  products: [NeedleProduct!]! }
";

#[test]
fn schema_graphql_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let on_file = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        on_file == sdl(),
        "schema.graphql does not say what the program does: run `make schema` and read the difference"
    );
}

#[test]
fn the_schema_is_written_alike_each_time() {
    assert_eq!(sdl(), sdl());
}

#[test]
fn no_needle_is_called_approved() {
    let told = sdl().to_lowercase();
    for words in ["fda approved", "fda-approved", "fda registered"] {
        assert!(!told.contains(words), "{words}");
    }
}

#[test]
fn what_is_private_has_no_field() {
    let document = parse_schema(sdl()).unwrap();
    let types = types(&document);
    let public = public(&types);
    for (name, ty) in types {
        if !public.contains(name) {
            continue;
        }
        for line in told(ty) {
            let line = line.to_lowercase();
            for private in [
                "birth",
                "dob",
                "mailing",
                "ssn",
                "fingerprint",
                "tier",
                "evidence",
            ] {
                assert!(!line.contains(private), "{name} shows `{line}`");
            }
        }
    }
}

/// The objects that anybody can come to: from the queries that take no right.
fn public<'a>(types: &BTreeMap<&'a str, &'a TypeDefinition>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut waiting = vec!["Query"];
    while let Some(name) = waiting.pop() {
        let Some((name, ty)) = types.get_key_value(name) else {
            continue;
        };
        let (TypeKind::Object(_) | TypeKind::Interface(_)) = &ty.kind else {
            continue;
        };
        if *name != "Query" && !found.insert(*name) {
            continue;
        }
        for field in fields(ty) {
            let takes_a_right = Act::ALL
                .iter()
                .any(|act| act.code() == field.name.node.as_str());
            if *name != "Query" || !takes_a_right {
                waiting.push(innermost(&field.ty.node));
            }
        }
    }
    found
}

fn fields(ty: &TypeDefinition) -> impl Iterator<Item = &FieldDefinition> {
    let fields = match &ty.kind {
        TypeKind::Object(object) => object.fields.as_slice(),
        TypeKind::Interface(interface) => interface.fields.as_slice(),
        _ => &[],
    };
    fields.iter().map(|field| &field.node)
}

fn innermost(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => innermost(of),
    }
}

#[test]
fn every_promised_name_is_there_with_its_type() {
    let (promised, held) = (
        parse_schema(PROMISED).unwrap(),
        parse_schema(sdl()).unwrap(),
    );
    let held = types(&held);
    for (name, promised) in types(&promised) {
        let held = held
            .get(name)
            .unwrap_or_else(|| panic!("{name} is missing"));
        let lines = told(held);
        for line in told(promised) {
            assert!(lines.contains(&line), "{name} lacks `{line}`:\n{lines:#?}");
        }
    }
}

#[tokio::test]
async fn everything_is_described() {
    let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish();
    let answer = schema
        .execute(
            "{ __schema { types { name description
                 fields { name description args { name description } }
                 inputFields { name description }
                 enumValues { name description } } } }",
        )
        .await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    let answer = answer.data.into_json().unwrap();
    let mut silent = Vec::new();
    for ty in answer["__schema"]["types"].as_array().unwrap() {
        let name = ty["name"].as_str().unwrap();
        // ID is GraphQL's own, and async-graphql leaves it without words.
        if !name.starts_with("__") && name != "ID" {
            undescribed(ty, "", &mut silent);
        }
    }
    assert_eq!(silent, Vec::<String>::new(), "without a description");
}

fn undescribed(thing: &serde_json::Value, within: &str, silent: &mut Vec<String>) {
    let name = format!("{within}{}", thing["name"].as_str().unwrap());
    if thing["description"]
        .as_str()
        .unwrap_or_default()
        .trim()
        .is_empty()
    {
        silent.push(name.clone());
    }
    for list in ["fields", "args", "inputFields", "enumValues"] {
        for part in thing[list].as_array().into_iter().flatten() {
            undescribed(part, &format!("{name}."), silent);
        }
    }
}

fn types(document: &ServiceDocument) -> BTreeMap<&str, &TypeDefinition> {
    let definitions = document.definitions.iter();
    definitions
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.as_str(), &ty.node)),
            _ => None,
        })
        .collect()
}

/// What a type promises, a line for each thing that may be relied on.
fn told(ty: &TypeDefinition) -> Vec<String> {
    let implements = |names: &[Positioned<async_graphql::Name>]| -> Vec<String> {
        let names = names.iter();
        names
            .map(|name| format!("implements {}", name.node))
            .collect()
    };
    let mut lines = match &ty.kind {
        TypeKind::Scalar => vec!["scalar".to_owned()],
        TypeKind::Object(object) => {
            let mut lines = implements(&object.implements);
            lines.extend(object.fields.iter().map(|field| told_field(&field.node)));
            lines
        }
        TypeKind::Interface(interface) => {
            let fields = interface.fields.iter();
            fields.map(|field| told_field(&field.node)).collect()
        }
        TypeKind::Union(union) => implements(&union.members),
        TypeKind::Enum(list) => {
            let values = list.values.iter();
            values
                .map(|value| value.node.value.node.to_string())
                .collect()
        }
        TypeKind::InputObject(input) => {
            let fields = input.fields.iter();
            fields.map(|field| told_input(&field.node)).collect()
        }
    };
    let directives = ty.directives.iter();
    lines.extend(
        directives
            .filter(|directive| directive.node.name.node == "oneOf")
            .map(|directive| format!("@{}", directive.node.name.node)),
    );
    lines
}

fn told_field(field: &FieldDefinition) -> String {
    let mut arguments: Vec<_> = field
        .arguments
        .iter()
        .map(|argument| told_input(&argument.node))
        .collect();
    arguments.sort();
    format!(
        "{}({}): {}",
        field.name.node,
        arguments.join(", "),
        field.ty.node
    )
}

fn told_input(input: &InputValueDefinition) -> String {
    let default = input.default_value.as_ref();
    let default = default.map_or_else(String::new, |value| format!(" = {}", value.node));
    format!("{}: {}{default}", input.name.node, input.ty.node)
}
