mod places;
mod rules;
