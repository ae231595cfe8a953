mod brute;
mod days;
mod fairness;
mod flow;
mod random;
mod staff;
mod tables;
